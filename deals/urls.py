"""Addresses of deals."""

from django.urls import include, path

from contacts import list_urls
from contacts.views import panel
from deals.views import board, detail, emails, meetings, parties, stage, tasks, trash

app_name = "deals"
SECTION = {"section": "deals"}
urlpatterns = [
    path("", include(list_urls.urlpatterns), SECTION),
    path("new/", panel.create, SECTION, name="create"),
    path("board/", board.cards, name="board"),
    path("board/filters/", board.filters, name="board-filters"),
    path("stage/", stage.change_many, name="bulk-stage"),
    path("<int:pk>/", detail.activities, name="detail"),
    path("<int:pk>/info/", detail.info, name="info"),
    path("<int:pk>/info/<str:field>/", detail.field, name="info-field"),
    path("<int:pk>/contacts/", parties.parties, name="contacts"),
    path("<int:pk>/contacts/<int:party>/role/", parties.role, name="party-role"),
    path("<int:pk>/contacts/<int:party>/departure/", parties.departure, name="party-departure"),
    path("<int:pk>/notes/", detail.notes, name="notes"),
    path("<int:pk>/emails/", emails.conversations, name="emails"),
    path("<int:pk>/emails/new/", emails.new, name="email-new"),
    path("<int:pk>/emails/conversations/<int:conversation>/", emails.conversation, name="conversation"),
    path("<int:pk>/tasks/", tasks.tasks, name="tasks"),
    path("<int:pk>/tasks/new/", tasks.new, name="task-new"),
    path("<int:pk>/meetings/", meetings.meetings, name="meetings"),
    path("<int:pk>/meetings/new/", meetings.new, name="meeting-new"),
    path("<int:pk>/attachments/", detail.attachments, name="attachments"),
    path("<int:pk>/edit/", panel.edit, SECTION, name="edit"),
    path("<int:pk>/place/", board.place, name="place"),
    path("<int:pk>/stage/", stage.change, name="stage"),
    path("<int:pk>/trash/", trash.trash, name="trash"),
]
