using System.Security.Cryptography;
using System.Text;
using Crm.Abstractions.Records;
using Crm.Kernel.Data;
using Crm.Kernel.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Crm.Kernel.Api;

/// <summary>An answer of the API that can be given again.</summary>
internal sealed record ApiAnswer(int Status, string? Location, string? ETag, ReadOnlyMemory<byte> Body);

/// <summary>Does what carries an idempotency key once: the key is kept in the unit that does it, so both are there or neither.</summary>
internal sealed class AnswerOnce(KernelDb db, TimeProvider clock)
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
        var hash = Hash(request, body);
        if (await AnsweredAsync(me, key, hash, ct) is { } before)
            return before;
        try
        {
            return await DoAsync(me, key, hash, work, ct);
        }
        catch (DbUpdateException failure) when (Failures.IsDuplicate(failure))
        {
            // The same key came at the same time, and was first.
            db.ChangeTracker.Clear();
            if (await AnsweredAsync(me, key, hash, ct) is { } first)
                return first;
            throw;
        }
    }

    private async Task<ApiAnswer> DoAsync(Guid me, string key, byte[] hash, Func<CancellationToken, Task<ApiAnswer>> work, CancellationToken ct)
    {
        ApiAnswer? answer = null;
        await db.WriteAsync(
            async token =>
            {
                // Behind SQLite's one writer the other may have finished by now.
                answer = await AnsweredAsync(me, key, hash, token);
                if (answer is not null)
                    return;
                var kept = new IdempotentAnswer { UserId = me, Key = key, RequestHash = hash, At = clock.GetUtcNow() };
                db.Add(kept);
                await db.SaveChangesAsync(token);
                answer = await work(token);
                (kept.Status, kept.Location, kept.ETag, kept.Body) = (answer.Status, answer.Location, answer.ETag, Encoding.UTF8.GetString(answer.Body.Span));
            },
            ct);
        return answer!;
    }

    private async Task<ApiAnswer?> AnsweredAsync(Guid me, string key, byte[] hash, CancellationToken ct)
    {
        var kept = await db.Set<IdempotentAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.UserId == me && a.Key == key, ct);
        if (kept is null)
            return null;
        if (!kept.RequestHash.AsSpan().SequenceEqual(hash))
            throw new ApiRefusal(Problem.KeyReused);
        return new(kept.Status, kept.Location, kept.ETag, Encoding.UTF8.GetBytes(kept.Body));
    }

    private static byte[] Hash(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var head = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n");
        return SHA256.HashData([.. head, .. body.Span]);
    }
}
