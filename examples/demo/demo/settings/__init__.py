"""Settings: ``base`` for earnest use, ``local`` for trying out on this machine."""
