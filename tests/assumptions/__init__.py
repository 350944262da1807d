"""What the design relies on in Wagtail and Django, as small tests: after an upgrade they say which assumption broke."""
