namespace SupportLive.Core.Outbound.Mail;

/// <summary>
/// What all mails look like: one column, no pictures from elsewhere, colours for light and dark that do not need a program to understand either.
/// </summary>
internal static class MailLayout
{
    public static string Html(string brand, bool logo, string subject, string content, string footer) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="supported-color-schemes" content="light dark">
        <title>{{MailMarkup.Escaped(subject)}}</title>
        <style>
        :root { color-scheme: light dark; }
        body { margin: 0; padding: 24px 12px; background: #f3f5f8; color: #1d2733; font: 16px/1.55 -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
        .card { max-width: 560px; margin: 0 auto; padding: 28px; background: #ffffff; border: 1px solid #dfe4ea; border-radius: 12px; overflow-wrap: anywhere; }
        .brand { margin: 0 0 20px; font-weight: 700; color: #2456c7; }
        p { margin: 0 0 16px; }
        .button { display: inline-block; padding: 11px 20px; border-radius: 8px; background: #2456c7; color: #ffffff; font-weight: 600; text-decoration: none; }
        .quote { margin: 0 0 14px; padding: 10px 14px; border-left: 3px solid #2456c7; background: #f3f5f8; border-radius: 0 8px 8px 0; }
        .figures { margin: 0 0 16px; border-collapse: collapse; }
        .figures th { padding: 4px 20px 4px 0; font-weight: 400; text-align: left; vertical-align: top; }
        .figures td { padding: 4px 0; font-weight: 600; vertical-align: top; white-space: nowrap; }
        .figures a { color: #2456c7; }
        .foot { max-width: 560px; margin: 16px auto 0; padding: 0 28px; font-size: 13px; color: #5b6775; }
        .foot a { color: inherit; }
        @media (prefers-color-scheme: dark) {
        body { background: #10151c; color: #e4e9f0; }
        .card { background: #19212b; border-color: #2c3745; }
        .brand { color: #8fb3ff; }
        .button { background: #3b6fe0; }
        .quote { background: #10151c; border-color: #8fb3ff; }
        .figures a { color: #8fb3ff; }
        .foot { color: #97a3b2; }
        }
        </style>
        </head>
        <body>
        <div class="card">
        <p class="brand">{{(logo ? MailLogo.Image(brand) : MailMarkup.Escaped(brand))}}</p>
        {{content}}</div>
        <div class="foot">{{footer}}</div>
        </body>
        </html>
        """;
}
