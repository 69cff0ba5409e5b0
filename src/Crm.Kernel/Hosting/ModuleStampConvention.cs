using System.Reflection;
using Crm.Abstractions.Modules;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Crm.Kernel.Hosting;

/// <summary>Stamps every page with the features of the module that it comes from.</summary>
internal sealed class ModuleStampConvention : IPageApplicationModelConvention
{
    public void Apply(PageApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var assembly = model.ModelType?.Assembly ?? model.PageType.Assembly;
        if (assembly.GetCustomAttribute<ModuleAttribute>() is null)
            return;
        var features = model.ModelType?.GetCustomAttribute<RequireFeaturesAttribute>()?.Features ?? [assembly.GetName().Name!];
        model.EndpointMetadata.Add(new ModuleStamp(features));
    }
}
