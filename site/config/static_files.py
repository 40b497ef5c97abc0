"""How static files are collected."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's, with gzip alone: Brotli as it makes it takes half a minute for the admin's files at every start."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Return what compresses one file."""
        return Compressor(use_brotli=False, **kwargs)
