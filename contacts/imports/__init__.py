"""Import: a file on its way through upload, mapping, verify and import; see docs/import.md.

What screens and scripts call, in the order of the steps:

    uploading.start(account, user, upload, kind) -> ImportRun   raises source.Refused; dialect found, mapping proposed
    uploading.set_dialect(run, encoding=…, delimiter=…, header_line=…)   raises source.Refused
    uploading.again(run, user) -> ImportRun                  the same file once more, after an undo
    mapping.columns(run) -> [ColumnView]                     label, samples, field, how it was matched, a note
    mapping.checklist(run, chosen) -> [(field, label, column label or "")]   what must be mapped
    mapping.save(run, {place: field}, options, remember=True)            raises ValidationError by field
    jobs.launch(run, Job.VERIFY | Job.IMPORT | Job.UNDO, by=user)   queues; raises ValidationError at a wrong step
    jobs.stop(run), jobs.resume(run)                         after this chunk; from where it stands
    reporting.totals(run) -> Totals                          rows by verdict
    reporting.rows(run, verdict=…, field=…, q=…, after=…, before=…) -> Page of RowView
    correcting.correct(run, line, place, value) -> ImportRow raises ValidationError when it is too late
    reporting.progress(run) -> Progress                      while a job runs, and its end
    failures.failed_csv(run) -> iterator of str              the failed rows with a column "Error"
    failures.sample_csv(kind, owner_email) -> str            a file to begin with
"""
