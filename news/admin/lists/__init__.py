"""Lists of pages and registers of files: their columns, filters and exports."""
