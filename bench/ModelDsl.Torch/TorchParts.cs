using System.Reflection;

namespace Benchmarks.Torch;

/// <summary>The classes of this assembly that say what an attribute means in libtorch.</summary>
internal static class TorchParts
{
    private static readonly Dictionary<Type, ConstructorInfo> Constructors = (
        from type in typeof(TorchParts).Assembly.GetTypes()
        where type.IsClass
        from contract in type.GetInterfaces()
        where contract.IsGenericType
        let definition = contract.GetGenericTypeDefinition()
        where definition == typeof(ITorchLayer<>) || definition == typeof(ITorchLoss<>)
        select (Attribute: contract.GetGenericArguments()[0], Constructor: type.GetConstructors().Single()))
        .Concat(
            from type in typeof(TorchParts).Assembly.GetTypes()
            from mark in type.GetCustomAttributes<TorchOfAttribute>()
            select (mark.Attribute, Constructor: type.GetConstructors().Single()))
        .ToDictionary(part => part.Attribute, part => part.Constructor);

    /// <summary>Whether a class says what the attribute means.</summary>
    public static bool Knows(LayerAttribute attribute) => Constructors.ContainsKey(KeyOf(attribute));

    /// <summary>The layer or loss that an attribute stands for.</summary>
    /// <exception cref="NotSupportedException">No class says what the attribute means.</exception>
    public static object Create(LayerAttribute attribute, TorchLayerContext context)
    {
        if (!Constructors.TryGetValue(KeyOf(attribute), out ConstructorInfo? constructor))
        {
            throw new NotSupportedException($"{attribute.GetType().Name} has no twin in libtorch");
        }

        object[] arguments = [.. constructor.GetParameters()
            .Select(parameter => parameter.ParameterType == typeof(TorchLayerContext) ? (object)context : attribute)];
        return constructor.Invoke(arguments);
    }

    private static Type KeyOf(LayerAttribute attribute)
    {
        Type type = attribute.GetType();
        return type.IsGenericType ? type.GetGenericTypeDefinition() : type;
    }
}
