"""What people and the scheduler do with photos: uploading, describing, publishing, withdrawing, sizes, backfill."""
