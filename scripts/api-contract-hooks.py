"""Teaches schemathesis to send newline-delimited JSON: as the text that it is."""

import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "text/plain")
