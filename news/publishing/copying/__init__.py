"""New pages made of existing ones: copies, translations, reports of past events."""
