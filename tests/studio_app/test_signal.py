from studio_app.services.signal import Signal


def test_listeners_are_called_in_order_until_they_close() -> None:
    heard: list[str] = []
    signal: Signal[str] = Signal()
    first = signal.connect(lambda word: heard.append("1" + word))
    signal.connect(lambda word: heard.append("2" + word))
    signal.emit("a")
    first.close()
    first.close()
    signal.emit("b")
    assert heard == ["1a", "2a", "2b"]


def test_a_failing_listener_does_not_starve_the_next() -> None:
    heard: list[int] = []
    signal: Signal[[]] = Signal()

    def fail() -> None:
        raise RuntimeError("a bug")

    signal.connect(fail)
    signal.connect(lambda: heard.append(1))
    signal.emit()
    assert heard == [1]
