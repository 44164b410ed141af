"""The server: Streamlit screens plus the few plain HTTP routes they need.

Start it with `streamlit run streamlit_app.py`.
"""

import gc

gc.disable()  # nothing of what is imported is garbage: looking for it is a sixth of the start

from data.memory import keep_little

keep_little()

import logging

import streamlit as st
from starlette.middleware import Middleware

from pages import warming
from pages.accident import apologise
from server import (
    applying,
    coding,
    drafts,
    entrance,
    health,
    leaving,
    recordings,
    reminders,
    reviewing,
)
from server.headers import SecurityHeaders
from server.language import PageLanguage
from server.lifespan import lifespan
from server.public import routes as public
from server.public.door import PublicDoor

# Streamlit would log an error with its words; `apologise` notes its kind and place.
logging.getLogger("streamlit.error_util").addFilter(lambda record: record.exc_info is None)

app = st.App(
    "pages/app.py",
    routes=[
        *entrance.routes,
        *leaving.routes,
        *drafts.routes,
        *coding.routes,
        *applying.routes,
        *reviewing.routes,
        *health.routes,
        *recordings.routes,
        *reminders.routes,
        *public.routes,
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(PublicDoor), Middleware(PageLanguage)],
    lifespan=lifespan,
    on_script_error=apologise,
)

warming.start()
gc.enable()
