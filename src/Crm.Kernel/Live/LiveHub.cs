using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Crm.Kernel.Live;

/// <summary>The pages that are open on this server, and what they are told.</summary>
internal sealed class LiveHub
{
    private readonly ConcurrentDictionary<Listener, bool> _listeners = new();
    private readonly Channel<LiveBatch> _outgoing = Channel.CreateBounded<LiveBatch>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>What the other nodes are told.</summary>
    public ChannelReader<LiveBatch> Outgoing => _outgoing.Reader;

    public Listener Open(Guid user, IEnumerable<Guid> records)
    {
        var listener = new Listener(user, [.. records]);
        _listeners[listener] = true;
        return listener;
    }

    public void Close(Listener listener) => _listeners.TryRemove(listener, out _);

    /// <summary>Tells the pages of this server at once, and those of the others soon.</summary>
    public void Tell(LiveBatch batch)
    {
        if (batch.IsEmpty)
            return;
        Deliver(batch);
        _outgoing.Writer.TryWrite(batch);
    }

    /// <summary>Tells the pages of this server.</summary>
    public void Deliver(LiveBatch batch)
    {
        foreach (var listener in _listeners.Keys)
        {
            if (batch.Users.Contains(listener.User))
                listener.Add(LiveEvent.Notices);
            if (batch.By != listener.User && batch.Records.Any(listener.Records.Contains))
                listener.Add(LiveEvent.Changed);
        }
    }

    /// <summary>One open page.</summary>
    internal sealed class Listener(Guid user, HashSet<Guid> records)
    {
        // A page that does not read has no use for more than the last of each.
        private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(4) { FullMode = BoundedChannelFullMode.DropOldest });

        public Guid User { get; } = user;

        public IReadOnlySet<Guid> Records { get; } = records;

        public ChannelReader<LiveEvent> Events => _events.Reader;

        public void Add(LiveEvent what) => _events.Writer.TryWrite(what);
    }
}

/// <summary>What a page can be told.</summary>
internal enum LiveEvent
{
    /// <summary>The reader has new notices.</summary>
    Notices,

    /// <summary>The record on the page was changed by somebody else.</summary>
    Changed,
}
