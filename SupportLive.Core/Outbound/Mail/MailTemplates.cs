using SupportLive.Core.Accounts;
using SupportLive.Core.Data;
using SupportLive.Core.Outcomes;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>The words of mails, as managers have set them. What nobody has touched is as <see cref="DefaultTemplates"/> has it.</summary>
/// <param name="Brand">Who the mails are from, 1–60 characters.</param>
/// <param name="Language">The language that mails are written in, such as <c>en</c>.</param>
/// <param name="Own">By language and kind: <c>de/received</c>. A kind without words in the language is written in the default ones.</param>
public sealed record MailTemplates(string Brand, string Language, IReadOnlyDictionary<string, MailTemplate> Own)
{
    private const int MostOwn = 400;

    public static SettingKey<MailTemplates> Key { get; } = new("mail-templates", new("SupportLive", "en", new Dictionary<string, MailTemplate>(StringComparer.Ordinal)));

    public MailTemplate Of(string kind) => Of(kind, Language);

    public MailTemplate Of(string kind, string language) => Own.GetValueOrDefault($"{language}/{kind}") ?? Own.GetValueOrDefault($"en/{kind}") ?? DefaultTemplates.Of(kind);

    /// <summary>With other words for one kind; null puts the default ones back.</summary>
    public MailTemplates With(string language, string kind, MailTemplate? template)
    {
        var own = new Dictionary<string, MailTemplate>(Own, StringComparer.Ordinal);
        if (template is null) own.Remove($"{language}/{kind}");
        else own[$"{language}/{kind}"] = template;
        return this with { Own = own };
    }

    public Refusal? Check()
    {
        var check = new Check().Text("brand", "The name", Brand, 1, 60).That(Brand?.Any(char.IsControl) != true, "brand", "The name must be one line.")
            .That(IsLanguage(Language), "language", "A language is two or three letters, such as en or de.")
            .That(Own.Count <= MostOwn, "own", "That are too many templates.");
        foreach (var (key, template) in Own)
        {
            var known = key.Split('/') is [var language, var kind] && IsLanguage(language) && MailKinds.All.Contains(kind, StringComparer.Ordinal);
            check = check.That(known, "own", $"There is no mail {key}.").Text("subject", "The subject", template.Subject, 1, 200).Text("body", "The text", template.Body, 1, 5_000);
            if (known) check = check.That(MailMarkup.Unknown(template, DefaultTemplates.Variables(key.Split('/')[1])) is not { } unknown, "body", $"There is no {MailMarkup.Unknown(template, DefaultTemplates.Variables(key.Split('/')[1]))} in this mail.");
        }

        return check.Refusal;
    }

    private static bool IsLanguage(string? language) => language is { Length: 2 or 3 } && language.All(char.IsAsciiLetterLower);

    /// <summary>Refused as invalid with the fields, or as <see cref="Settings.Put"/>.</summary>
    public static async Task<Outcome<Setting<MailTemplates>>> Set(Settings settings, Actor actor, MailTemplates wanted, int? version, CancellationToken ct) =>
        actor.May(Permissions.SettingsManage) && wanted.Check() is { } refusal ? refusal : await settings.Put(actor, Key, wanted, version, ct);
}

/// <summary>Subject and body of one mail. In the body an empty line begins a paragraph, <c>[Label]({{link}})</c> alone is a button, and <c>{{messages}}</c> alone is what was written.</summary>
public sealed record MailTemplate(string Subject, string Body);
