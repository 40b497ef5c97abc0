"""Actions on one page: announcing a change, copying, replacing a file, retiring; their forms and buttons."""
