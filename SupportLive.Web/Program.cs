using SupportLive.Core.Outcomes;
using SupportLive.Web;

try
{
    await using var app = await Desk.Build(args);
    await app.RunAsync();
    return 0;
}
catch (StartupRefusal refusal)
{
    await Console.Error.WriteLineAsync($"SupportLive cannot start: {refusal.Message}");
    return 1;
}
