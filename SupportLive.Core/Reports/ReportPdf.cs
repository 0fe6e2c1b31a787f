using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Reports;

public static class ReportPdf
{
    public static Outcome<byte[]> Draw(SummaryView summary, ReportFilter filter, string by, CancellationToken ct) => throw new NotSupportedException();
}
