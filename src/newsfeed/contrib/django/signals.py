"""Notes what Django's signals tell: saved and deleted rows, their relations to many, and rows that they follow."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import signals

from newsfeed.contrib.django.changes import note
from newsfeed.contrib.django.registry import Registration, registered

__all__ = ["connect"]


def connect() -> None:
    """Connect with the models that are registered. All of Django's models are loaded."""
    for signal in (signals.post_save, signals.post_delete):
        signal.connect(_on_row, dispatch_uid="newsfeed")
    for registration in registered():
        for field in registration.model._meta.many_to_many:  # noqa: SLF001 - Django documents `_meta`
            _connect_relation(registration, field)
        for lookup in registration.follow:
            _connect_followed(registration, lookup)


def _on_row(sender: Any, instance: Any, using: str, **_: object) -> None:  # noqa: ANN401 - Django's interface
    """Note a row that was saved or deleted, also as one of a proxy or of a model that extends a registered one."""
    for registration in registered():
        if issubclass(sender, registration.model._meta.concrete_model):  # noqa: SLF001 - as above
            note(registration.source, [instance.pk], using)


def _connect_relation(registration: Registration, field: Any) -> None:  # noqa: ANN401 - as above
    """Note changes of a relation to many, from either side."""
    through = field.remote_field.through

    def on_change(
        instance: Any,  # noqa: ANN401 - as above
        action: str,
        reverse: bool,  # noqa: FBT001 - as above
        pk_set: Iterable[object] | None,
        using: str,
        **_: object,
    ) -> None:
        if not reverse and action in {"post_add", "post_remove", "post_clear"}:
            note(registration.source, [instance.pk], using)
        elif reverse and action in {"post_add", "post_remove"}:
            note(registration.source, pk_set or (), using)
        elif reverse and action == "pre_clear":
            note(registration.source, _keys(registration, field.name, instance, using), using)

    def on_row(instance: Any, using: str, **_: object) -> None:  # noqa: ANN401 - as above
        note(registration.source, [getattr(instance, column)], using)

    signals.m2m_changed.connect(
        on_change, sender=through, weak=False, dispatch_uid=_uid(registration, field.name)
    )
    if not through._meta.auto_created:  # noqa: SLF001 - as above
        column = through._meta.get_field(field.m2m_field_name()).attname  # noqa: SLF001 - as above
        _connect_both(on_row, through, _uid(registration, field.name))


def _connect_followed(registration: Registration, lookup: str) -> None:
    """Note changes of related rows, and rows that are about to lose one."""
    model = registration.model
    for name in lookup.split("__"):
        model = model._meta.get_field(name).related_model  # noqa: SLF001 - as above

    def on_row(instance: Any, using: str, **_: object) -> None:  # noqa: ANN401 - as above
        note(registration.source, _keys(registration, lookup, instance, using), using)

    signals.post_save.connect(on_row, sender=model, weak=False, dispatch_uid=_uid(registration, lookup))
    signals.pre_delete.connect(on_row, sender=model, weak=False, dispatch_uid=_uid(registration, lookup))


def _connect_both(receiver: Callable[..., None], sender: object, uid: str) -> None:
    signals.post_save.connect(receiver, sender=sender, weak=False, dispatch_uid=uid)
    signals.post_delete.connect(receiver, sender=sender, weak=False, dispatch_uid=uid)


def _keys(registration: Registration, lookup: str, related: Any, using: str) -> list[object]:  # noqa: ANN401 - as above
    rows = registration.model._default_manager.using(using).filter(**{lookup: related})  # noqa: SLF001 - as above
    return list(rows.values_list("pk", flat=True))


def _uid(registration: Registration, name: str) -> str:
    return f"newsfeed {registration.source} {name}"
