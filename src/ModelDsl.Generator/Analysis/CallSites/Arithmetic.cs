using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Arithmetic of ints whose values are known, and their comparisons. What overflows is not known.</summary>
internal static class Arithmetic
{
    public static Known? Evaluate(BinaryOperatorKind kind, Known? left, Known? right, ITypeSymbol? type)
    {
        if (left is not { Kind: KnownKind.Number, Count: { } a } || right is not { Kind: KnownKind.Number, Count: { } b })
        {
            return null;
        }

        return type?.SpecialType switch
        {
            SpecialType.System_Int32 => Calculate(kind, a, b),
            SpecialType.System_Boolean => Compare(kind, a, b),
            _ => null,
        };
    }

    /// <summary>What a sign or a negation makes of a value.</summary>
    public static Known? Evaluate(UnaryOperatorKind kind, Known? operand) => (kind, operand) switch
    {
        (UnaryOperatorKind.Minus, { Kind: KnownKind.Number, Count: > int.MinValue and { } number }) => Known.Number(-number),
        (UnaryOperatorKind.Plus, { Kind: KnownKind.Number }) => operand,
        (UnaryOperatorKind.Not, { Kind: KnownKind.Truth, Count: { } truth }) => Known.Truth(truth == 0),
        _ => null,
    };

    private static Known? Calculate(BinaryOperatorKind kind, long a, long b)
    {
        long? result = kind switch
        {
            BinaryOperatorKind.Add => a + b,
            BinaryOperatorKind.Subtract => a - b,
            BinaryOperatorKind.Multiply => a * b,
            BinaryOperatorKind.Divide when b != 0 => a / b,
            BinaryOperatorKind.Remainder when b != 0 => a % b,
            _ => null,
        };
        return result is >= int.MinValue and <= int.MaxValue and { } number ? Known.Number((int)number) : null;
    }

    private static Known? Compare(BinaryOperatorKind kind, int a, int b) => kind switch
    {
        BinaryOperatorKind.Equals => Known.Truth(a == b),
        BinaryOperatorKind.NotEquals => Known.Truth(a != b),
        BinaryOperatorKind.LessThan => Known.Truth(a < b),
        BinaryOperatorKind.LessThanOrEqual => Known.Truth(a <= b),
        BinaryOperatorKind.GreaterThan => Known.Truth(a > b),
        BinaryOperatorKind.GreaterThanOrEqual => Known.Truth(a >= b),
        _ => null,
    };
}
