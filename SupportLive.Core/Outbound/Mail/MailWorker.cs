using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SupportLive.Core.Data;

namespace SupportLive.Core.Outbound.Mail;

/// <summary>
/// Sends what is due, on every node. Each row is one node's for the time of its lease. A server that is gone, slow or says no costs this worker
/// pauses that grow, and nobody else anything: what people do has been acknowledged long before.
/// </summary>
public sealed class MailWorker(OutboxRows rows, Letters letters, IPost post, MailOptions options, MailCall call, TimeProvider time, OutageLog outages, ILogger<MailWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private DateTimeOffset swept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var sending = new List<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = call.Next;
            sending.RemoveAll(s => s.IsCompleted);
            var taken = 0;
            try
            {
                if (sending.Count < options.Parallel)
                {
                    var mails = await rows.Take(options.Parallel - sending.Count, time.GetUtcNow(), stoppingToken);
                    taken = mails.Count;
                    sending.AddRange(mails.Select(mail => Task.Run(() => Try(mail, stoppingToken), CancellationToken.None)));
                }

                await Tidy(stoppingToken);
            }
            catch (Exception e) when (Outage.Is(e) && !stoppingToken.IsCancellationRequested)
            {
                outages.Failed(e);
            }

            // With all hands full: until one is free. With nothing to do: until somebody calls, or the next look.
            if (sending.Count > 0 && (taken > 0 || sending.Count >= options.Parallel)) await Task.WhenAny([.. sending, Task.Delay(Look, time, stoppingToken)]);
            else await Task.WhenAny(next, Task.Delay(Look, time, stoppingToken));
        }

        await Task.WhenAll(sending);
    }

    private async Task Try(TakenMail mail, CancellationToken ct)
    {
        try
        {
            await Send(mail, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The lease ends by itself, and another node goes on.
        }
        catch (Exception e) when (Outage.Is(e))
        {
            outages.Failed(e);
        }
        catch (Exception e)
        {
            log.LogError(e, "A mail of the kind {Kind} could not be made and is tried again later", mail.Kind);
            await Later(mail, "It could not be made here; the log of this node says why.", null, open: true, CancellationToken.None);
        }
    }

    private async Task Send(TakenMail mail, CancellationToken ct)
    {
        if (await letters.Write(mail, ct) is not { } letter)
        {
            await rows.Drop(mail, ct);
            return;
        }

        var secret = MailKinds.HoldsSecret(mail.Kind);
        if (await rows.Suppressed(letter.To, ct) is { } reason)
        {
            await rows.Done(mail, MailStatus.Suppressed, $"Not sent: {reason}", null, null, letter, secret, open: false, ct);
            return;
        }

        var answer = await post.Send(letter, ct);
        // From here on it has happened: that is written down whatever ends meanwhile.
        switch (answer.Result)
        {
            case PostResult.Accepted:
                await rows.Done(mail, MailStatus.Sent, answer.Words, null, time.GetUtcNow(), letter, secret, open: false, CancellationToken.None);
                break;
            case PostResult.Kept:
                await rows.Done(mail, MailStatus.Kept, answer.Words, null, null, letter, secret, open: false, CancellationToken.None);
                break;
            case PostResult.Later or PostResult.Unknown:
                await Later(mail, answer.Words, letter, open: answer.Result == PostResult.Later, CancellationToken.None);
                break;
            case PostResult.NoSuchAddress:
                await rows.Suppress(letter.To, answer.Words, time.GetUtcNow(), CancellationToken.None);
                goto default;
            default:
                await rows.Done(mail, MailStatus.Failed, answer.Words, null, null, letter, secret, open: false, CancellationToken.None);
                break;
        }
    }

    private Task Later(TakenMail mail, string words, Letter? letter, bool open, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var status = now >= mail.GiveUpAt ? MailStatus.Failed : MailStatus.Waiting;
        return rows.Done(mail, status, words, now + Pause(mail.Attempts), null, letter, MailKinds.HoldsSecret(mail.Kind), open && status == MailStatus.Waiting, ct);
    }

    /// <summary>Half a minute, doubled each time, an hour at most; a quarter more or less, so that what failed together does not come back together.</summary>
    internal static TimeSpan Pause(int attempts)
    {
        var pause = First * Math.Pow(2, Math.Min(attempts - 1, 10));
        return (pause < Longest ? pause : Longest) * (0.75 + RandomNumberGenerator.GetInt32(0, 501) / 1000.0);
    }

    private async Task Tidy(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now - swept < SweepEvery) return;
        swept = now;
        await rows.Forget(now, ct);
    }
}
