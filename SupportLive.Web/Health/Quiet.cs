using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using SupportLive.Core.Health;

namespace SupportLive.Web.Health;

/// <summary>Before log records leave by OTLP: the same redaction as on the console.</summary>
internal sealed class QuietLogs : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        var values = data.Attributes ?? [];
        var message = values.Count > 0 && Redaction.Template(values) is not null ? Redaction.Record(values, "") : Redaction.Sentence(data.FormattedMessage ?? data.Body ?? "");
        var kept = values.Where(v => v.Key != "{OriginalFormat}").Select(v => new KeyValuePair<string, object?>(v.Key, Redaction.Kept(v.Key, v.Value))).ToList();
        if (data.Exception is { } error)
        {
            kept.Add(new("exception.type", error.GetType().FullName));
            kept.Add(new("exception.message", Redaction.Exception(error)));
            kept.Add(new("exception.stacktrace", string.Join('\n', Redaction.Stack(error))));
            data.Exception = null;
        }

        (data.Attributes, data.Body, data.FormattedMessage) = (kept, message, message);
    }
}

/// <summary>Before traces leave by OTLP: query strings carry access tokens, and exceptions carry values.</summary>
internal sealed class QuietTraces : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        foreach (var tag in (string[])["url.query", "url.full", "http.target", "http.url"])
        {
            if (data.GetTagItem(tag) is not null) data.SetTag(tag, null);
        }

        if (data.StatusDescription is { } said) data.SetStatus(data.Status, Redaction.Sentence(said));
        if (data.Events.Any(e => e.Name == "exception")) data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // its text cannot be taken back; the log has the error
    }
}
