using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Parsing.Methods;

/// <summary>Computes with the constants of a method as C# does.</summary>
internal static class Constants
{
    /// <summary>A constant of another type; null where C# would throw.</summary>
    public static object? Convert(object? constant, ITypeSymbol? type)
    {
        try
        {
            return (constant, type?.SpecialType) switch
            {
                (null, _) => null,
                (double or float or decimal, SpecialType.System_Int32) => (int)Number(constant),
                (double or float or decimal, SpecialType.System_Int64) => (long)Number(constant),
                (IConvertible number, SpecialType.System_Int32) => number.ToInt32(CultureInfo.InvariantCulture),
                (IConvertible number, SpecialType.System_Int64) => number.ToInt64(CultureInfo.InvariantCulture),
                (IConvertible number, SpecialType.System_Single) => number.ToSingle(CultureInfo.InvariantCulture),
                (IConvertible number, SpecialType.System_Double) => number.ToDouble(CultureInfo.InvariantCulture),
                _ => constant,
            };
        }
        catch (Exception exception) when (exception is OverflowException or FormatException or InvalidCastException)
        {
            return null;
        }
    }

    /// <summary>The result of an operator; null where there is none.</summary>
    public static object? Apply(BinaryOperatorKind kind, object? left, object? right)
    {
        try
        {
            return (left, right) switch
            {
                (string or null, string or null) when kind is BinaryOperatorKind.Equals => Equals(left, right),
                (string or null, string or null) when kind is BinaryOperatorKind.NotEquals => !Equals(left, right),
                (string, _) or (_, string) when kind == BinaryOperatorKind.Add => Text(left) + Text(right),
                (bool one, bool other) => Apply(kind, one, other),
                (double or float, IConvertible) or (IConvertible, double or float) =>
                    Apply(kind, Number(left!), Number(right!)),
                (long, IConvertible) or (IConvertible, long) => Apply(kind, Integer(left!), Integer(right!)),
                (IConvertible, IConvertible) => Narrow(Apply(kind, Integer(left), Integer(right))),
                _ => null,
            };
        }
        catch (Exception exception)
            when (exception is OverflowException or FormatException or InvalidCastException or DivideByZeroException)
        {
            return null;
        }
    }

    /// <summary>The result of an operator of one operand; null where there is none.</summary>
    public static object? Apply(UnaryOperatorKind kind, object? operand) => (kind, operand) switch
    {
        (UnaryOperatorKind.Minus, int number) => unchecked(-number),
        (UnaryOperatorKind.Minus, long number) => unchecked(-number),
        (UnaryOperatorKind.Minus, float number) => -number,
        (UnaryOperatorKind.Minus, double number) => -number,
        (UnaryOperatorKind.Plus, _) => operand,
        (UnaryOperatorKind.Not, bool truth) => !truth,
        (UnaryOperatorKind.BitwiseNegation, int number) => ~number,
        _ => null,
    };

    /// <summary>What a method of <c>Math</c> or <c>MathF</c> returns; null for other methods.</summary>
    public static object? Call(IMethodSymbol method, object?[] arguments)
    {
        Type? type = method.ContainingType?.ToDisplayString() switch
        {
            "System.Math" => typeof(Math),
            // .NET Standard has no MathF; what is computed in double is rounded once.
            "System.MathF" => typeof(Math),
            _ => null,
        };
        if (type is null || Array.Exists(arguments, argument => argument is null))
        {
            return null;
        }

        object[] given = method.ContainingType!.Name == "MathF"
            ? [.. arguments.Select(argument => (object)Number(argument!))]
            : [.. arguments.Select(argument => argument!)];
        try
        {
            MethodInfo? known = type.GetMethod(method.Name, [.. given.Select(argument => argument.GetType())]);
            return known is null ? null : Convert(known.Invoke(null, given), method.ReturnType);
        }
        catch (Exception exception) when (exception is TargetInvocationException or AmbiguousMatchException)
        {
            return null;
        }
    }

    /// <summary>A constant within an interpolated text.</summary>
    public static string Text(object? constant) =>
        constant is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : $"{constant}";

    private static object? Apply(BinaryOperatorKind kind, bool left, bool right) => kind switch
    {
        BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => left && right,
        BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => left || right,
        BinaryOperatorKind.ExclusiveOr or BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.Equals => left == right,
        _ => null,
    };

    private static object? Apply(BinaryOperatorKind kind, double left, double right) => kind switch
    {
        BinaryOperatorKind.Add => left + right,
        BinaryOperatorKind.Subtract => left - right,
        BinaryOperatorKind.Multiply => left * right,
        BinaryOperatorKind.Divide => left / right,
        BinaryOperatorKind.Remainder => left % right,
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    private static object? Apply(BinaryOperatorKind kind, long left, long right) => kind switch
    {
        BinaryOperatorKind.Add => checked(left + right),
        BinaryOperatorKind.Subtract => checked(left - right),
        BinaryOperatorKind.Multiply => checked(left * right),
        BinaryOperatorKind.Divide => left / right,
        BinaryOperatorKind.Remainder => left % right,
        BinaryOperatorKind.LeftShift => left << (int)right,
        BinaryOperatorKind.RightShift => left >> (int)right,
        BinaryOperatorKind.And => left & right,
        BinaryOperatorKind.Or => left | right,
        BinaryOperatorKind.ExclusiveOr => left ^ right,
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    private static object? Narrow(object? result) => result is long number ? checked((int)number) : result;

    private static double Number(object constant) => ((IConvertible)constant).ToDouble(CultureInfo.InvariantCulture);

    private static long Integer(object constant) => ((IConvertible)constant).ToInt64(CultureInfo.InvariantCulture);
}
