"""Telling of events: saved searches matched, numbers given, webhooks called. Runs beside the worker."""
