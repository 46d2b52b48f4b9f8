"""Runs MiniStack, mended where it differs from AWS in something this product relies on.

MiniStack itself stays as it was installed: each module here replaces single functions of the running emulator, and says
what AWS does. requirements.txt pins the exact release for it; test/local tells whether another will do.

The emulator dies with whoever started it: its standard input is a pipe that nobody writes to, so its end means that the
other side has stopped or is gone, however it went. Everything is in memory, so there is nothing to save: the folder for
temporary files is removed and the whole process group, Lambda processes included, is killed.
"""

import os
import shutil
import signal
import sys
import threading

os.makedirs(os.environ["TMPDIR"], exist_ok=True)

import ministack.app

import alarms
import bus
import caches
import clock
import executions
import function_urls
import functions
import mail
import paths
import roles
import schedules
import secret_arns
import streams
import texts
import whatsapp

for patch in (functions, paths, executions, streams, bus, mail, function_urls, roles, secret_arns, alarms, clock, caches, schedules, texts, whatsapp):
    patch.apply()
ministack.app.app = roles.encrypted(clock.settable(caches.readable(function_urls.routed(whatsapp.readable(texts.readable(mail.readable(ministack.app.app)))))))


def die_with_parent():
    while sys.stdin.buffer.read(4096):
        pass
    shutil.rmtree(os.environ["TMPDIR"], ignore_errors=True)
    os.killpg(0, signal.SIGKILL)
    os._exit(0)  # The first process of a container is not killed by its own signals.


threading.Thread(target=die_with_parent, daemon=True).start()
sys.argv = sys.argv[:1]
ministack.app.main()
