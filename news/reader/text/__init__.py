"""The text as the reader sees it: normalised, in lines and sentences, with its vocabulary."""
