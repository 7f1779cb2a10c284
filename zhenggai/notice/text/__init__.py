"""Source text becomes clean text, every offset of which leads back."""
