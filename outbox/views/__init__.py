"""The bell, a person's choices, the link that stops mails, and trying a mail again."""
