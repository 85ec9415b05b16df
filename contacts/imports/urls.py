"""Addresses of imports: each step of a run has its own, and what is done to a run is a resource below it."""

from django.urls import path

from contacts.imports.views import cells, downloads, history, mapping, running, steps, upload, verify

app_name = "imports"
urlpatterns = [
    path("", history.runs, name="history"),
    path("new/", upload.upload, name="upload"),
    path("sample.csv", downloads.sample, name="sample"),
    path("<int:pk>/", steps.here, name="here"),
    path("<int:pk>/mapping/", mapping.mapping, name="mapping"),
    path("<int:pk>/dialect/", mapping.dialect, name="dialect"),
    path("<int:pk>/verify/", verify.verify, name="verify"),
    path("<int:pk>/rows/<int:line>/<int:place>/", cells.cell, name="cell"),
    path("<int:pk>/run/", running.run, name="run"),
    path("<int:pk>/start/", running.start, name="start"),
    path("<int:pk>/stop/", running.stop, name="stop"),
    path("<int:pk>/resume/", running.resume, name="resume"),
    path("<int:pk>/undo/", running.undo, name="undo"),
    path("<int:pk>/again/", running.again, name="again"),
    path("<int:pk>/failed.csv", downloads.failed, name="failed"),
    path("<int:pk>/report.csv", downloads.report, name="report"),
]
