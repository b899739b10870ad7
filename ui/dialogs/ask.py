"""Small questions that cannot wait."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from studio_app.services.autosave import Recovered
from ui import words
from ui.dialogs.base import Dialog
from ui.widgets import label
from ui.words import plural


def ask_unsaved(parent: QWidget | None, project: str) -> str:
    """`save`, `discard`, or empty: stay."""
    return unsaved_dialog(parent, project).ask()


def unsaved_dialog(parent: QWidget | None, project: str) -> Dialog:
    """The question before a project with unsaved edits is closed."""
    dialog = Dialog(parent, QCoreApplication.translate("Ask", "Save the edits in {project}?").format(project=project))
    dialog.add_words(
        QCoreApplication.translate(
            "Ask", "They are lost if you close without saving. Takes that were generated stay on disk."
        )
    )
    dialog.add_button(QCoreApplication.translate("Ask", "Cancel"))
    dialog.add_button(QCoreApplication.translate("Ask", "Don't save"), "discard")
    dialog.add_button(QCoreApplication.translate("Ask", "Save"), "save", primary=True)
    return dialog


def already_open_dialog(parent: QWidget | None, message: str) -> Dialog:
    """A project that another window holds: open a copy or leave it."""
    dialog = Dialog(parent, QCoreApplication.translate("Ask", "This project is open elsewhere"))
    dialog.add_words(message)
    dialog.add_button(QCoreApplication.translate("Ask", "Cancel"))
    dialog.add_button(QCoreApplication.translate("Ask", "Open a copy"), "copy", primary=True)
    return dialog


def recovery_dialog(parent: QWidget | None, found: Recovered) -> Dialog:
    """A project whose edits were not saved when Starcut ended is opened: `recover`, `last`, or empty: neither."""
    dialog = Dialog(
        parent, QCoreApplication.translate("Ask", "Recover the edits in {project}?").format(project=found.name)
    )
    dialog.add_words(
        QCoreApplication.translate(
            "Ask", "Starcut closed unexpectedly at {when}, and they were not saved. The last save is older."
        ).format(when=words.when(found.written))
    )
    dialog.add_button(QCoreApplication.translate("Ask", "Cancel"))
    dialog.add_button(QCoreApplication.translate("Ask", "Open last save"), "last")
    dialog.add_button(QCoreApplication.translate("Ask", "Recover the edits"), "recover", primary=True)
    return dialog


def work_dialog(parent: QWidget | None, exports: int, takes: int = 0, kept: int = 0) -> Dialog:
    """The question before the window closes while films or takes are being made: `wait`, `stop`, or empty: stay.

    `kept`: so many of the takes go on when the project is opened again. Where nothing is lost, closing is what is offered first.
    """
    dialog = Dialog(parent, _not_done(exports, takes))
    lost = exports + takes - kept
    if lost:
        dialog.add_words(
            QCoreApplication.translate("Ask", "It stops when Starcut closes, and nothing half made is left.")
            if exports + takes == 1
            else QCoreApplication.translate("Ask", "They stop when Starcut closes, and nothing half made is left.")
        )
        if kept:
            dialog.add_words(
                QCoreApplication.translate(
                    "Ask", "Takes of shots go on when the project is opened again; what a service makes goes on there."
                )
            )
    else:
        dialog.add_words(
            QCoreApplication.translate(
                "Ask",
                "Nothing is lost: what a service makes goes on there, the rest when the project is opened again. Nothing is sent twice.",
            )
        )
    dialog.add_button(QCoreApplication.translate("Ask", "Cancel"))
    if lost:
        dialog.add_button(QCoreApplication.translate("Ask", "Stop and close"), "stop")
    dialog.add_button(QCoreApplication.translate("Ask", "Close when done"), "wait", primary=bool(lost))
    if not lost:
        dialog.add_button(QCoreApplication.translate("Ask", "Close"), "stop", primary=True)
    return dialog


def _not_done(exports: int, takes: int) -> str:
    if takes and exports:
        both = QCoreApplication.translate("Ask", "{exports} and {takes} are not done")
        return both.format(exports=plural(exports, "export"), takes=plural(takes, "take"))
    if takes:
        return (
            QCoreApplication.translate("Ask", "A take is not done")
            if takes == 1
            else QCoreApplication.translate("Ask", "{takes} takes are not done").format(takes=takes)
        )
    if exports == 1:
        return QCoreApplication.translate("Ask", "An export is not done")
    return QCoreApplication.translate("Ask", "{exports} exports are not done").format(exports=exports)


def ask_line(parent: QWidget | None, title: str, caption: str, text: str = "", verb: str = "") -> str | None:
    """A line of text, or None. `verb` stands on the button that takes it."""
    dialog = Dialog(parent, title)
    dialog.body.addWidget(label(caption, "secondary", "body"))
    field = QLineEdit(text)
    field.setProperty("large", True)
    field.selectAll()
    dialog.body.addWidget(field)
    dialog.add_button(QCoreApplication.translate("Ask", "Cancel"))
    dialog.add_button(verb or QCoreApplication.translate("Ask", "Keep"), "ok", primary=True)
    field.setFocus()
    return field.text().strip() if dialog.ask() == "ok" and field.text().strip() else None
