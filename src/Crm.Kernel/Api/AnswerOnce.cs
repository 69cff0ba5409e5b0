using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Records;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Api;

/// <summary>An answer of the API that can be given again.</summary>
internal sealed record ApiAnswer(int Status, string? Location, string? ETag, ReadOnlyMemory<byte> Body);

/// <summary>Does what carries an idempotency key once: the key is kept in the unit that does it, so both are there or neither.</summary>
internal sealed partial class AnswerOnce(KernelDb db, TimeProvider clock)
{
    private const int MaxKey = 200;

    public async Task<ApiAnswer> RunAsync(HttpRequest request, ReadOnlyMemory<byte> body, Func<CancellationToken, Task<ApiAnswer>> work, CancellationToken ct)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var keys))
            return await work(ct);
        var key = keys.Count == 1 ? keys[0] : null;
        if (key is not { Length: >= 1 and <= MaxKey } || key.Any(c => c is < '!' or > '~'))
            throw new ApiRefusal(Problem.BadRequest($"The Idempotency-Key is 1 to {MaxKey} printable ASCII characters without spaces."));
        var me = (await db.RightsAsync(ct)).UserId ?? throw new NotAllowed();
        var (hash, path) = (Hash(request, body), request.Path.Value ?? "");
        if (await AnsweredAsync(me, key, hash, path, ct) is { } before)
            return before;
        try
        {
            return await DoAsync(me, key, hash, path, work, ct);
        }
        catch (DbUpdateException failure) when (Failures.IsDuplicate(failure))
        {
            // The same key came at the same time, and was first.
            db.ChangeTracker.Clear();
            if (await AnsweredAsync(me, key, hash, path, ct) is { } first)
                return first;
            throw;
        }
    }

    private async Task<ApiAnswer> DoAsync(Guid me, string key, byte[] hash, string path, Func<CancellationToken, Task<ApiAnswer>> work, CancellationToken ct)
    {
        ApiAnswer? answer = null;
        await db.WriteAsync(
            async token =>
            {
                // Behind SQLite's one writer the other may have finished by now.
                answer = await AnsweredAsync(me, key, hash, path, token);
                if (answer is not null)
                    return;
                var kept = new IdempotentAnswer { UserId = me, Key = key, RequestHash = hash, At = clock.GetUtcNow() };
                db.Add(kept);
                await db.SaveChangesAsync(token);
                answer = await work(token);
                (kept.Status, kept.Location, kept.ETag, kept.Body) = (answer.Status, answer.Location, answer.ETag, Encoding.UTF8.GetString(answer.Body.Span));
                db.AddRange(Named().Matches(kept.Body).Select(m => Guid.Parse(m.ValueSpan)).Distinct().Select(r => new AnsweredRecord { AnswerId = kept.Id, RecordId = r }));
            },
            ct);
        return answer!;
    }

    private async Task<ApiAnswer?> AnsweredAsync(Guid me, string key, byte[] hash, string path, CancellationToken ct)
    {
        var kept = await db.Set<IdempotentAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.UserId == me && a.Key == key, ct);
        if (kept is null)
            return null;
        if (!kept.RequestHash.AsSpan().SequenceEqual(hash))
            throw new ApiRefusal(Problem.KeyReused);
        if (kept.Status < 300 && RecordOf(kept.Location ?? path) is { } id && !await IsSeenAsync(id, ct))
            throw new RecordMissing();
        return new(kept.Status, kept.Location, kept.ETag, Encoding.UTF8.GetBytes(kept.Body));
    }

    // Who may not see a record any more is not shown it by an answer of before.
    private async Task<bool> IsSeenAsync(Guid id, CancellationToken ct) =>
        await (await db.VisibleAmongAsync([id], ct)).AnyAsync(ct);

    private static Guid? RecordOf(string path) => path.Split('/').Select(p => Guid.TryParse(p, out var id) ? id : (Guid?)null).LastOrDefault(id => id is not null);

    [GeneratedRegex("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Named();

    private static byte[] Hash(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var head = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n");
        return SHA256.HashData([.. head, .. body.Span]);
    }
}
