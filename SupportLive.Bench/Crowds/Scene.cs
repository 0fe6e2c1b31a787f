using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using SupportLive.Bench.Load;

namespace SupportLive.Bench.Crowds;

/// <summary>What is there before it is measured, made through the doors.</summary>
internal static class Scene
{
    /// <summary>Tickets in progress with this many messages, half of either side, of the length that people write.</summary>
    public static async Task<IReadOnlyList<Conversation>> Conversations(People people, int count, int messages)
    {
        var (customers, agents) = (await people.Make("customer", count), await people.Make("agent", count));
        var made = new Conversation[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var ticket = await people.Open(customers[i]);
            using var accepted = await people.Post(agents[i], $"/api/tickets/{ticket.Id}/accept", new { });
            for (var m = 0; m < messages; m++)
            {
                using var said = await people.Post(m % 2 == 0 ? customers[i] : agents[i], $"/api/chats/{ticket.Id}/messages", new { clientId = Guid.NewGuid(), body = Words(m) });
            }

            made[i] = new(customers[i], agents[i], ticket.Id, ticket.Number);
        });
        return made;
    }

    /// <summary>Tickets that wait for an agent.</summary>
    public static async Task Queue(People people, int count)
    {
        var customers = await people.Make("customer", count);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => await people.Open(customers[i]));
    }

    private static string Words(int number) => string.Create(CultureInfo.InvariantCulture,
        $"Message {number}: I have tried what you wrote, and the printer still says that it is not there. What shall I do next?");
}

internal sealed record Conversation(Person Customer, Person Agent, Guid Id, long Number)
{
    public string CustomerPath => string.Create(CultureInfo.InvariantCulture, $"/tickets/{Number}");

    public string DeskPath => string.Create(CultureInfo.InvariantCulture, $"/desk/{Number}");
}
