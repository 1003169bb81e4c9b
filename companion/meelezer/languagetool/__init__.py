"""Spelling and grammar by LanguageTool, on this machine: fetched, checked, started and asked here; nothing is sent anywhere.

`jars` says what belongs to it and whether that is unchanged, `fetch` gets it, `java` finds a Java, `server` owns the
process, `client` asks it, `proofreading` is what the API and the command line use.
"""
