using System.Globalization;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Web.Errors;

/// <summary>
/// What people see while the database is away: a page that needs nothing but itself, and comes again by itself. Programs outside /api
/// (the hub's negotiation) get the refusal "busy". In front of everything that asks the database, the page for errors included.
/// </summary>
internal static class OutagePage
{
    public static async Task Guard(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (Outage.Is(e) || (context.RequestAborted.IsCancellationRequested && e.GetBaseException() is OperationCanceledException or IOException))
        {
            if (context.Response.HasStarted) context.Abort(); // half a page must not look like a whole one
            else await Write(context);
        }
    }

    private static Task Write(HttpContext context)
    {
        context.Response.Clear();
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)) return ApiErrors.Write(context, Refusal.Busy);
        // By chance, so that those who wait do not all come in the same second.
        var seconds = Random.Shared.Next(3, 8).ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = seconds;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page.Replace("SECONDS", seconds, StringComparison.Ordinal), context.RequestAborted);
    }

    private const string Page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta http-equiv="refresh" content="SECONDS" />
          <title>Back in a moment · SupportLive</title>
          <style>
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
            main { max-inline-size: 26rem; margin: 20vh auto 0; padding: 1.5rem; }
            h1 { font-size: 1.375rem; }
          </style>
        </head>
        <body>
          <main role="status">
            <h1>We are back in a moment</h1>
            <p>SupportLive cannot reach its database right now. Nothing that was confirmed to you is lost, and what you were writing is kept in this browser.</p>
            <p>This page looks again by itself in a few seconds.</p>
          </main>
        </body>
        </html>
        """;
}
