"""A pseudo-terminal, to see what a person at one sees and to press Ctrl-C when a line is there."""
import os
import pty
import re
import select
import time


class Terminal:
    """Standard error as a person has it."""

    def __init__(self):
        self.ours, self.theirs = pty.openpty()
        self.text = ""

    def read(self, seconds):
        if select.select([self.ours], [], [], seconds)[0]:
            self.text += os.read(self.ours, 4096).decode()

    def wait_for(self, pattern, process):
        """Whether the line came before the process ended."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            self.read(0.02)
            if re.search(pattern, self.text):
                return True
            if process.poll() is not None:
                return False
        raise TimeoutError("no progress after a minute: %r" % self.text)

    def close(self):
        self.read(0)
        os.close(self.theirs)
        os.close(self.ours)
