namespace SupportLive.Core.Outbound.Mail;

/// <summary>The words of mails that the clock sends, and what stands in their example.</summary>
internal static class ReportTemplates
{
    private static readonly string[] OfReport = ["brand", "name", "report", "period", "figures", "attached", "link"];
    private static readonly string[] OfSummary = ["brand", "name", "period", "figures", "waits", "late", "link"];

    public static IReadOnlyList<string> Variables(string kind) => kind == MailKinds.Summary ? OfSummary : OfReport;

    public static MailTemplate Of(string kind) => kind == MailKinds.Summary
        ? new("{{brand}}: {{period}} in numbers",
            """
            Good morning {{name}},

            This was {{period}}:

            {{figures}}

            {{waits}}

            {{late}}

            [Open the report]({{link}})
            """)
        : new("{{report}}: {{period}}",
            """
            Hello,

            Here is “{{report}}”, about {{period}}.

            {{figures}}

            {{attached}}

            [Open the report]({{link}})
            """);

    public static IReadOnlyDictionary<string, string> Example(string kind) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["report"] = "Support in this week",
        ["period"] = kind == MailKinds.Summary ? "22 Nov 2026" : "16 Nov 2026 – 22 Nov 2026",
        ["attached"] = "Attached: Support-in-this-week-2026-11-16-2026-11-22.pdf (84 kB).",
        ["waits"] = "Now 4 tickets are open and nobody has them; 1 is past its deadline:",
    };

    public static MailBlocks Blocks(MailOptions options) => new(new Dictionary<string, IReadOnlyList<MailLine>>(StringComparer.Ordinal)
    {
        ["figures"] = [new("Opened", "128"), new("Resolved", "117"), new("First response", "12 min (median)"), new("Answered in time", "96 %"), new("Satisfaction", "4.6 of 5 (41 ratings)")],
        ["late"] = [new("#1024 The invoice shows the wrong address", "3 h 20 min late", options.Link("/"))],
    });
}
