using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Live;
using SupportLive.Core.Outcomes;
using SupportLive.Web.Live;

namespace SupportLive.Web.Accounts;

/// <summary>Who did what. New lines come by themselves: the log tells nobody, so an open page looks every few seconds.</summary>
public sealed partial class AuditPane(AuditQueries audit) : LivePane
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly AuditState state = new();
    private string? text;
    private string? act;
    private DateTimeOffset? from;
    private DateTimeOffset? to;
    private bool loaded;
    private int asked;
    private Refusal? refusal;

    private AuditFilter Filter => new(Act: act, From: from, To: to, Text: text);

    private string Query => QueryHelpers.AddQueryString("", new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["q"] = text,
        ["act"] = act,
        ["from"] = from?.ToString("O", CultureInfo.InvariantCulture),
        ["to"] = to?.ToString("O", CultureInfo.InvariantCulture),
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    protected override async Task Load()
    {
        await Read(fresh: true);
        LookEvery(Look, () => Read(fresh: false));
    }

    // The last question wins, whatever order the answers come in.
    private async Task<bool> Read(bool fresh)
    {
        var question = fresh ? ++asked : asked;
        if (await Who.Get(Gone) is not { } me) return false;
        var page = await audit.Page(me, Filter, null, Gone);
        if (question != asked) return false;
        (refusal, loaded) = (page.Refusal, true);
        return page.Ok && state.Load(page.Value, fresh);
    }

    protected override ValueTask<bool> Apply(LiveEvent happened) => new(false);

    private async Task Ask(Action change)
    {
        change();
        await Read(fresh: true);
    }

    private static string? Of(ChangeEventArgs e) => e.Value?.ToString() is { Length: > 0 } value ? value : null;

    private static DateTimeOffset? Day(ChangeEventArgs e) =>
        DateTimeOffset.TryParseExact(Of(e), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null;

    private async Task ShowMore()
    {
        if (await Who.Get(Gone) is not { } me) return;
        var page = await audit.Page(me, Filter, state.Last, Gone);
        if (page.Ok) state.Append(page.Value);
    }
}
