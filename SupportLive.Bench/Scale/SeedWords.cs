namespace SupportLive.Bench.Scale;

/// <summary>What people write to a help desk: few sentences very often, many words once, so that searching meets both.</summary>
internal sealed class SeedWords(Random random)
{
    private static readonly string[] Things =
    [
        "invoice", "export", "dashboard", "webhook", "login", "password reset", "mobile app", "calendar", "report", "printer", "payment", "subscription", "e-mail notification", "search",
        "upload", "contact list", "two-factor code", "integration", "backup", "license", "map", "attachment", "translation", "single sign-on", "order", "shipping label", "refund", "chart", "template", "archive",
    ];

    private static readonly string[] Problems =
    [
        "does not work", "is very slow", "shows the wrong amount", "stops after a minute", "is missing", "was charged twice", "cannot be opened", "ends with an error", "is empty", "has the wrong address",
        "freezes the browser", "asks for a permission", "is not delivered", "disappeared", "looks broken on the phone", "cannot be deleted", "is out of date", "loses its settings", "is refused", "duplicates every row",
    ];

    private static readonly string[] Details =
    [
        "It started this morning.", "We see it since the last update.", "All of my colleagues have the same problem.", "Yesterday everything was fine.", "I have tried another browser already.",
        "Restarting did not help.", "Our accountant needs it by Friday.", "It happens about every third time.", "There is nothing about it in the documentation.", "We cannot work like this.",
        "Please tell me what you need from me.", "A screenshot is attached.", "It only happens in the office network.", "On my other computer it works.", "This is the second time this month.",
    ];

    private static readonly string[] Answers =
    [
        "Thank you for telling us, I am looking into it.", "Could you tell me which browser you use?", "I can reproduce this and have told our developers.", "Please try again now, it should work.",
        "I have corrected the entry; the new document is in your mailbox.", "The setting is under Settings, Company, Advanced.", "That is a known problem, the fix is planned for next week.", "May I have a look at your account?",
        "I have restarted the service for you.", "The amount will be back on your card within three days.",
    ];

    private static readonly string[] Replies =
    [
        "Thank you, that helped!", "Still the same, sorry.", "It works now, great.", "I use Firefox on Linux.", "Yes, please go ahead.", "Where do I find that?", "I will ask my colleague and come back to you.",
        "Here is the message that I get.", "No, that is not it.", "When can we expect it?",
    ];

    private static readonly string[] Notes = ["Known problem, see the wiki.", "Customer is on the old plan.", "Asked Ben to have a look.", "Called them, very friendly.", "Refund agreed with finance."];

    private static readonly string[] Syllables = ["ba", "cor", "del", "fin", "gra", "hol", "jen", "kar", "lum", "mor", "nex", "ol", "pra", "quin", "ros", "sol", "tur", "val", "wes", "yor", "zen", "mi", "ta", "ri", "ko"];

    public static readonly string[] Tags = ["vip", "refund", "bug", "feature-wish", "onboarding", "mobile", "api", "legal", "follow-up", "outage"];

    private static readonly string[] First = ["Ana", "Ben", "Chen", "Dora", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kofi", "Lena", "Mateo", "Nadia", "Omar", "Petra", "Quentin", "Rosa", "Sven", "Tara", "Uma", "Viktor", "Wanda", "Yusuf", "Zoe"];

    private string One(string[] of) => of[random.Next(of.Length)];

    /// <summary>The head of the list far more often than its tail, as people's words are.</summary>
    private string Often(string[] of) => of[(int)(of.Length * Math.Pow(random.NextDouble(), 2.2))];

    /// <summary>A name as of a company or a product: one of some hundred thousand.</summary>
    private string Name() => string.Concat(char.ToUpperInvariant(Syllables[random.Next(25)][0]), Syllables[random.Next(25)], One(Syllables), One(Syllables));

    public string Person() => $"{One(First)} {Name()}";

    public string Subject() => $"{Capital(Often(Things))} {Often(Problems)}{(random.Next(4) == 0 ? $" for {Name()}" : "")}";

    public string Description() => string.Join(' ', [$"The {Often(Things)} {Often(Problems)}.", .. Some(Details, 1, 5), .. (random.Next(3) == 0 ? (string[])[$"Our reference is {Reference()}."] : [])]);

    public string FromCustomer() => random.Next(3) == 0 ? $"The {Often(Things)} {Often(Problems)}. {One(Details)}" : $"{Often(Replies)}{(random.Next(8) == 0 ? $" It is about {Name()}." : "")}";

    public string FromAgent() => random.Next(6) == 0 ? $"{Often(Answers)} Your reference is {Reference()}." : Often(Answers);

    public string Note() => random.Next(3) == 0 ? $"{One(Notes)} See {Name()}." : One(Notes);

    private string Reference() => $"SL-{random.Next(1_000_000):D6}";

    private IEnumerable<string> Some(string[] of, int least, int most) => Enumerable.Range(0, random.Next(least, most)).Select(_ => One(of));

    private static string Capital(string text) => string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
}
