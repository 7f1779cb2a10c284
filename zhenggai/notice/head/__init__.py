"""What stands above the parts: title, body, day of publication; or a page in place of a notice."""
