"""Files after their upload: inspection, versions, originals, references, downloads."""
