using SupportLive.Core.Tickets;
using static SupportLive.Core.Tickets.TicketPriority;

namespace SupportLive.Core.Data;

/// <summary>One ticket of the demo: who, what, how long ago, and what was said and done since.</summary>
internal sealed record DemoStory(string Customer, string Subject, string Description, string Category, TicketPriority Priority, TimeSpan Ago, params string[] Lines);

internal static class DemoStories
{
    public static IReadOnlyList<DemoStory> All { get; } =
    [
        new("customer", "Invoice of September shows the wrong address", "We moved in August, but invoice 2026-0914 still has our old address in Lisbon. Our accountant needs it corrected.",
            "billing", Low, TimeSpan.FromHours(52), "agent accept", "agent: Hello Clara, thank you for telling us. I have changed the address; the corrected invoice is in your mailbox.",
            "customer: Got it, that was quick. Thank you!", "agent: You are welcome. Have a nice day!", "agent resolve", "customer close", "customer rate: 5"),
        new("customer2", "How do I add a second administrator?", "I can invite people, but they all become normal members.",
            "account", Medium, TimeSpan.FromHours(30), "agent2 accept", "agent2: Hi Tomás, go to Settings, People, click the person and choose the role Administrator. Only the owner sees that choice.",
            "customer2: Ah, I am not the owner. I will ask my boss.", "agent2: Exactly. Tell me if it does not work out.", "agent2 resolve", "agent2 close"),
        new("customer2", "Cheap watches for your customers", "Dear sir, we offer very good watches, please click the link.", "general", Low, TimeSpan.FromHours(26),
            "agent reject: This is advertising, and not a question about our product."),
        new("customer", "Export to CSV stops after 1,000 rows", "The export of our contact list always ends at row 1,000, although we have about 4,300 contacts.",
            "technical", High, TimeSpan.FromHours(22), "agent accept", "agent: Hello Clara, I can reproduce this. It happens when the browser blocks the second part of the download.",
            "agent note: Known bug, fix is planned for Thursday. Workaround: use the export by e-mail.", "agent: Until Thursday you can choose \"Send by e-mail\" in the export window, which has no limit.",
            "customer: That works. I will wait for the fix then.", "agent resolve"),
        new("customer2", "Two-factor codes are not accepted", "My phone's codes are refused since this morning, for two of us.", "account", High, TimeSpan.FromHours(5),
            "agent2 accept", "agent2: Hi Tomás, is the clock of your phones set automatically? The codes depend on the time.", "customer2: Mine was four minutes late! Works now. My colleague is checking.",
            "agent2: Good, I stay here until your colleague is in.", "customer2: She says the same: solved.", "agent2 resolve"),
        new("customer", "Dashboard is very slow since the last update", "Opening the dashboard takes 20 to 30 seconds since yesterday evening. Before it was instant. All of us see it, in Chrome and Firefox.",
            "technical", Urgent, TimeSpan.FromMinutes(95), "agent accept", "agent: Hello Clara, sorry about that. Roughly how many widgets does the dashboard have?",
            "customer: 14, two of them are the big map.", "agent note: The map loads every marker since 5.2. Asked Ben to look at the index.", "agent escalate: Several customers see this since 5.2.",
            "agent: I think it is the map. Could you remove one of them for a moment and tell me whether that helps?", "customer: Yes! Without the maps it takes two seconds."),
        new("customer2", "Can we pay by bank transfer?", "Our company does not use credit cards. Is an annual invoice possible?", "billing", Medium, TimeSpan.FromMinutes(48),
            "agent2 accept", "agent2: Hello Tomás, yes: with the annual plan we send an invoice, payable within 30 days.", "customer2: Perfect. Do you need a purchase order number?"),
        new("customer", "Webhook is called twice for each order", "Since Monday our endpoint gets every order.created event two times, with the same id.", "technical", High, TimeSpan.FromMinutes(40),
            "agent accept", "agent: Hello Clara, does your endpoint answer within five seconds? If not, we send the event again."),
        new("customer2", "Feature wish: dark mode for the mobile app", "The web version has it, and it is great. Will the app get it too?", "general", Low, TimeSpan.FromMinutes(33)),
        new("customer", "Cannot upload files larger than 5 MB", "The page says up to 25 MB, but everything above 5 MB ends with an error after a minute.", "technical", Medium, TimeSpan.FromMinutes(21)),
        new("customer2", "Charged twice this month", "My card was charged 49 € on the 1st and again on the 3rd. Please check.", "billing", High, TimeSpan.FromMinutes(12)),
        new("customer", "Nobody in our office can log in", "Since ten minutes ago everybody in the office gets \"session expired\" right after logging in. We cannot work.", "account", Urgent, TimeSpan.FromMinutes(4)),
    ];
}
