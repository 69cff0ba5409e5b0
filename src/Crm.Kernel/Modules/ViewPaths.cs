using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;

namespace Crm.Kernel.Modules;

/// <summary>The compiled pages' paths. Of two with the same path the first would silently win, so a second one is refused.</summary>
internal static class ViewPaths
{
    /// <summary>Adds an assembly's parts, its compiled pages included.</summary>
    /// <exception cref="DuplicateViews">It has a page where another assembly already has one; nothing is added.</exception>
    public static void Add(IList<ApplicationPart> parts, Assembly assembly)
    {
        var added = ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly)
            .Where(part => !parts.Any(p => string.Equals(p.Name, part.Name, StringComparison.Ordinal) && p.GetType() == part.GetType()))
            .ToList();
        Refuse(parts.Concat(added));
        foreach (var part in added)
            parts.Add(part);
    }

    /// <summary>Stops where two assemblies have a page at the same path.</summary>
    public static void Refuse(IEnumerable<ApplicationPart> parts)
    {
        var twice = parts.OfType<IRazorCompiledItemProvider>().SelectMany(p => p.CompiledItems)
            .GroupBy(item => item.Identifier, StringComparer.OrdinalIgnoreCase)
            .Select(g => (Path: g.Key, Assemblies: g.Select(i => i.Type.Assembly.GetName().Name).Distinct(StringComparer.Ordinal).ToList()))
            .FirstOrDefault(g => g.Assemblies.Count > 1);
        if (twice.Path is not null)
            throw new DuplicateViews($"The page {twice.Path} is in {string.Join(" and in ", twice.Assemblies)}: only one of them would be shown, so rename one.");
    }
}

/// <summary>Two assemblies have a page at the same path.</summary>
internal sealed class DuplicateViews(string message) : InvalidOperationException(message);
