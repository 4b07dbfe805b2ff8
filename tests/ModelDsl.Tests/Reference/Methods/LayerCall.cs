using System.Globalization;
using System.Reflection;

namespace ModelDsl.Tests.Reference.Methods;

/// <summary>The attribute that says the same as a call of a layer's method.</summary>
internal static class LayerCall
{
    private static readonly ILookup<string, Type> Attributes = typeof(LayerAttribute).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(LayerAttribute)))
        .ToLookup(type => type.Name.Split('`')[0], StringComparer.Ordinal);

    /// <summary>Makes the attribute.</summary>
    /// <param name="kind">Its name without the suffix.</param>
    /// <param name="types">What it is generic in.</param>
    /// <param name="arguments">What its constructor takes, and its properties, by the names of the method's.</param>
    public static LayerAttribute AttributeOf(string kind, Type[] types, (string Name, object? Value)[] arguments)
    {
        Type type = Attributes[$"{kind}Attribute"].Single(type => type.GetGenericArguments().Length == types.Length);
        type = types.Length == 0 ? type : type.MakeGenericType(types);
        Dictionary<string, object?> values =
            arguments.ToDictionary(argument => argument.Name, argument => argument.Value);
        ConstructorInfo constructor = type.GetConstructors()
            .Where(constructor => constructor.GetParameters().All(parameter => values.ContainsKey(parameter.Name!)))
            .MaxBy(constructor => constructor.GetParameters().Length)!;
        string[] required = [.. constructor.GetParameters().Select(parameter => parameter.Name!)];
        var attribute = (LayerAttribute)constructor.Invoke([.. required.Select(name => values[name])]);
        foreach ((string name, object? value) in values.Where(argument => !required.Contains(argument.Key)))
        {
            type.GetProperty(char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..])!.SetValue(
                attribute, value);
        }

        return attribute;
    }
}
