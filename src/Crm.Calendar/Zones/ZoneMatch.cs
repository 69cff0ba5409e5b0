using System.Globalization;

namespace Crm.Calendar.Zones;

/// <summary>Finds the known zone that behaves as a described one does around a date, since only a known zone can be kept by name.</summary>
internal static class ZoneMatch
{
    private const int Days = 2 * 366;
    private const int Step = 5;

    /// <summary>The zone, and whether it is only the offset of that date because no known zone behaves so.</summary>
    public static (TimeZoneInfo Zone, bool OnlyOffset) Find(ZoneOffsets described, DateTime local, string hint, TimeZoneInfo? preferred)
    {
        var samples = Samples(described, new DateTime(Math.Clamp(local.Year, 2, 9990), 1, 1));
        var matches = TimeZoneInfo.GetSystemTimeZones().Where(zone => samples.TrueForAll(sample => Fits(zone, sample))).ToList();
        if (preferred is not null && samples.TrueForAll(sample => Fits(preferred, sample))) return (preferred, false);
        if (matches.Count > 0) return (matches.MinBy(zone => (Rank(zone, hint), zone.Id.Length, zone.Id))!, false);
        var offset = described.At(local);
        var id = offset == TimeSpan.Zero ? "UTC+00:00" : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
        return (TimeZoneInfo.CreateCustomTimeZone(id, offset, id, id), true);
    }

    private static bool Fits(TimeZoneInfo zone, (DateTime Local, TimeSpan Offset) sample) =>
        LocalTimes.ToUtc(sample.Local, zone) == DateTime.SpecifyKind(sample.Local - sample.Offset, DateTimeKind.Utc);

    // The city that the description names; else one that stands for its whole zone in Windows, which is a known one.
    private static int Rank(TimeZoneInfo zone, string hint)
    {
        var city = zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');
        if (city.Length > 2 && hint.Contains(city, StringComparison.OrdinalIgnoreCase)) return 0;
        return TimeZoneInfo.TryConvertIanaIdToWindowsId(zone.Id, out var windows) && TimeZoneInfo.TryConvertWindowsIdToIanaId(windows, out var iana) && iana == zone.Id ? 1 : 2;
    }

    // Some days apart, and an hour before and some hours behind every change between them.
    private static List<(DateTime Local, TimeSpan Offset)> Samples(ZoneOffsets described, DateTime from)
    {
        var samples = new List<(DateTime Local, TimeSpan Offset)>();
        for (var day = 0; day <= Days; day += Step)
        {
            var sample = (Local: from.AddDays(day).AddHours(12), Offset: described.At(from.AddDays(day).AddHours(12)));
            if (samples.Count > 0 && samples[^1].Offset != sample.Offset)
            {
                var change = Change(described, samples[^1].Local, sample.Local);
                samples.Add((change.AddHours(-1), described.At(change.AddHours(-1))));
                samples.Add((change.AddHours(3), described.At(change.AddHours(3))));
            }

            samples.Add(sample);
        }

        return samples;
    }

    private static DateTime Change(ZoneOffsets described, DateTime low, DateTime high)
    {
        var before = described.At(low);
        while (high - low > TimeSpan.FromMinutes(1))
        {
            var middle = low.AddMinutes(Math.Floor((high - low).TotalMinutes / 2));
            if (described.At(middle) == before) low = middle;
            else high = middle;
        }

        return high;
    }
}
