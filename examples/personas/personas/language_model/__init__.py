"""Language models behind one interface: any OpenAI-compatible server, or none at all."""

from personas.language_model.base import Draft, LanguageModel, ModelError, Voice, language_model

__all__ = ["Draft", "LanguageModel", "ModelError", "Voice", "language_model"]
