using System.Reflection;

namespace ModelDsl.Tests.Reference;

/// <summary>The classes of this assembly that say what an attribute means.</summary>
internal static class ReferenceParts
{
    private static readonly Dictionary<Type, ConstructorInfo> Constructors = (
        from type in typeof(ReferenceParts).Assembly.GetTypes()
        where type.IsClass
        from contract in type.GetInterfaces()
        where contract.IsGenericType
        let definition = contract.GetGenericTypeDefinition()
        where definition == typeof(IReferenceLayer<>) || definition == typeof(IReferenceLoss<>)
        select (Attribute: contract.GetGenericArguments()[0], Constructor: type.GetConstructors().Single()))
        .Concat(
            from type in typeof(ReferenceParts).Assembly.GetTypes()
            from mark in type.GetCustomAttributes<ReferenceOfAttribute>()
            select (mark.Attribute, Constructor: type.GetConstructors().Single()))
        .ToDictionary(part => part.Attribute, part => part.Constructor);

    /// <summary>The layer or loss that an attribute stands for.</summary>
    /// <exception cref="NotSupportedException">No class says what the attribute means.</exception>
    public static object Create(LayerAttribute attribute, ReferenceContext context)
    {
        Type type = attribute.GetType();
        if (!Constructors.TryGetValue(type.IsGenericType ? type.GetGenericTypeDefinition() : type, out ConstructorInfo? constructor))
        {
            throw new NotSupportedException($"{attribute.GetType().Name} has no reference");
        }

        object[] arguments = [.. constructor.GetParameters()
            .Select(parameter => parameter.ParameterType == typeof(ReferenceContext) ? (object)context : attribute)];
        return constructor.Invoke(arguments);
    }
}
