"""Static files with a hash in their name, ES module imports rewritten too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """A page always gets the script that belongs to it, also just after an upgrade."""

    support_js_module_import_aggregation = True
