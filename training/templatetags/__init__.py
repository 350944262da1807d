"""What templates of previews ask for: a page's model can't, as it knows nothing of selectors."""
