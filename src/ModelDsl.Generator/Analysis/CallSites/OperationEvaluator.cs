using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// Evaluates the operations of one basic block: what is known of each value, and what changes in the state. Whatever is
/// not understood gives nothing.
/// </summary>
/// <param name="state">What is known so far; changed on the way.</param>
/// <param name="untracked">Variables of which nothing can be known.</param>
/// <param name="report">Where broken rules go; null while the flow is still being followed.</param>
/// <param name="method">The method whose results are checked.</param>
internal sealed class OperationEvaluator(
    FlowState state, ImmutableHashSet<ISymbol> untracked, Action<Diagnostic>? report, IMethodSymbol? method)
{
    public void VisitBlock(BasicBlock block)
    {
        foreach (IOperation operation in block.Operations)
        {
            Visit(operation);
        }

        if (block.BranchValue is { } value)
        {
            Known? known = Visit(value);
            if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return
                && method is not null && DeclaredShape.OfResult(method) is { } declared)
            {
                Check(known, declared, $"The result of {method.Name}", value.Syntax.GetLocation());
            }
        }
    }

    private Known? Visit(IOperation? operation)
    {
        switch (operation)
        {
            case null:
                return null;
            case { ConstantValue: { HasValue: true, Value: int constant } }:
                return Known.Number(constant);
            case IExpressionStatementOperation statement:
                Visit(statement.Operation);
                return null;
            case ILocalReferenceOperation local:
                return untracked.Contains(local.Local) ? null : state[local.Local];
            case IParameterReferenceOperation reference:
                return VisitParameter(reference.Parameter);
            case IFieldReferenceOperation field:
                return VisitMember(field.Field, field.Instance);
            case IPropertyReferenceOperation property:
                return VisitProperty(property);
            case IFlowCaptureOperation capture:
                state[capture.Id] = Visit(capture.Value);
                return null;
            case IFlowCaptureReferenceOperation reference:
                return state[reference.Id];
            case IConversionOperation conversion:
                return VisitConversion(conversion);
            case IBinaryOperation binary:
                return Arithmetic.Evaluate(binary.OperatorKind, Visit(binary.LeftOperand), Visit(binary.RightOperand), binary.Type);
            case ISimpleAssignmentOperation assignment:
                return VisitAssignment(assignment);
            case ICompoundAssignmentOperation or IIncrementOrDecrementOperation:
                return VisitUpdate(operation);
            case IDeconstructionAssignmentOperation deconstruction:
                return VisitDeconstruction(deconstruction);
            case IArrayCreationOperation { DimensionSizes: [var size] } array:
                return VisitArrayCreation(array, size);
            case ICollectionExpressionOperation collection:
                return VisitCollection(collection);
            case IObjectCreationOperation creation:
                return VisitCreation(creation);
            case IInvocationOperation invocation:
                return VisitInvocation(invocation);
            case IArrayElementReferenceOperation { Indices: [IRangeOperation range] } element:
                return Slices.Take(Visit(element.ArrayReference), Visit(range.LeftOperand), Visit(range.RightOperand), range);
            case IImplicitIndexerReferenceOperation { Argument: IRangeOperation range } slice:
                return Slices.Take(Visit(slice.Instance), Visit(range.LeftOperand), Visit(range.RightOperand), range);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat:
                return Visit(hat.Operand);
            case IFlowAnonymousFunctionOperation:
                return null;
            case { Kind: OperationKind.None, Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax }:
                return VisitStackAllocation(operation);
            default:
                return VisitChildren(operation);
        }
    }

    private Known? VisitChildren(IOperation operation)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            Visit(child);
        }

        return null;
    }

    private Known? VisitParameter(IParameterSymbol parameter)
    {
        if (untracked.Contains(parameter))
        {
            return null;
        }

        return state[parameter] ?? (state.IsAssigned(parameter) ? null : DeclaredShape.Of(parameter)?.ToKnown());
    }

    private Known? VisitMember(ISymbol member, IOperation? instance)
    {
        Known? of = Visit(instance);
        if (DeclaredShape.Of(member) is { } declared)
        {
            return declared.ToKnown(new Origin(Name(member), member.Locations[0]));
        }

        // The two parts of a data set that was split hold samples of the same shape.
        return of?.Kind == KnownKind.Dataset && Memories.IsOurs((member as IFieldSymbol)?.Type, "Dataset") ? of : null;
    }

    private Known? VisitProperty(IPropertyReferenceOperation property)
    {
        if (DeclaredShape.Of(property.Property) is { } declared)
        {
            VisitChildren(property);
            return declared.ToKnown(new Origin(Name(property.Property), property.Syntax.GetLocation()));
        }

        Known? instance = Visit(property.Instance);
        foreach (IArgumentOperation argument in property.Arguments)
        {
            Visit(argument.Value);
        }

        return (instance?.Kind, property.Property.Name) switch
        {
            (KnownKind.Memory, "Length") when instance!.Count is { } count => Known.Number(count),
            (KnownKind.Memory, "Span") => instance,
            (KnownKind.Shape, "Count") => Known.Number((int)instance!.SampleSize),
            (KnownKind.Dataset, "SampleShape") => Known.Shape(instance!.Dimensions),
            _ => null,
        };
    }

    private Known? VisitConversion(IConversionOperation conversion)
    {
        Known? operand = Visit(conversion.Operand);
        return operand?.Kind switch
        {
            KnownKind.Number => conversion.Type?.SpecialType == SpecialType.System_Int32 ? operand : null,
            KnownKind.Memory => Memories.IsMemory(conversion.Type) ? operand : null,
            _ => conversion.Conversion.IsIdentity ? operand : null,
        };
    }

    private Known? VisitAssignment(ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is not (ILocalReferenceOperation or IParameterReferenceOperation))
        {
            VisitChildren(assignment.Target);
        }

        Known? value = Visit(assignment.Value);
        switch (assignment.Target)
        {
            case ILocalReferenceOperation local:
                // A reference writes to where it points to, which is not tracked either.
                state[local.Local] = local.Local.IsRef ? null : value;
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                state.Assign(parameter, value);
                break;
            case IFieldReferenceOperation { Field: var field } when DeclaredShape.Of(field) is { } declared:
                Check(value, declared, Name(field), assignment.Value.Syntax.GetLocation());
                break;
            case IPropertyReferenceOperation { Property: var property } when DeclaredShape.Of(property) is { } declared:
                Check(value, declared, Name(property), assignment.Value.Syntax.GetLocation());
                break;
            default:
                break;
        }

        return value;
    }

    private Known? VisitUpdate(IOperation operation)
    {
        VisitChildren(operation);
        IOperation target = operation is ICompoundAssignmentOperation compound
            ? compound.Target
            : ((IIncrementOrDecrementOperation)operation).Target;
        Forget(target);
        return null;
    }

    private Known? VisitDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        Known? value = Visit(deconstruction.Value);
        foreach (IOperation target in deconstruction.Target.DescendantsAndSelf())
        {
            if (target is ILocalReferenceOperation local)
            {
                state[local.Local] = value?.Kind == KnownKind.Dataset && Memories.IsOurs(local.Type, "Dataset") ? value : null;
            }
            else
            {
                Forget(target);
            }
        }

        return null;
    }

    private Known? VisitArrayCreation(IArrayCreationOperation array, IOperation size)
    {
        Known? count = Visit(size);
        Visit(array.Initializer);
        return count is { Kind: KnownKind.Number, Count: >= 0 and { } length } && array.Type is IArrayTypeSymbol { Rank: 1 }
            ? Known.Memory(length, OriginOf(array))
            : null;
    }

    private Known? VisitStackAllocation(IOperation allocation)
    {
        Known? first = null;
        bool isFirst = true;
        foreach (IOperation child in allocation.ChildOperations)
        {
            Known? known = Visit(child);
            first = isFirst ? known : first;
            isFirst = false;
        }

        int? count = allocation.Syntax switch
        {
            ImplicitStackAllocArrayCreationExpressionSyntax { Initializer.Expressions.Count: var elements } => elements,
            StackAllocArrayCreationExpressionSyntax { Initializer.Expressions.Count: var elements } => elements,
            _ => first?.Kind == KnownKind.Number ? first.Count : null,
        };
        return count is >= 0 and { } length ? Known.Memory(length, OriginOf(allocation)) : null;
    }

    private Known? VisitCollection(ICollectionExpressionOperation collection)
    {
        int? count = 0;
        foreach (IOperation element in collection.Elements)
        {
            if (element is ISpreadOperation spread)
            {
                count += Visit(spread.Operand) is { Kind: KnownKind.Memory } memory ? memory.Count : null;
            }
            else
            {
                Visit(element);
                count++;
            }
        }

        return count is { } length && Memories.IsMemory(collection.Type) ? Known.Memory(length, OriginOf(collection)) : null;
    }

    private Known? VisitCreation(IObjectCreationOperation creation)
    {
        ImmutableArray<Known?> arguments = VisitArguments(creation.Arguments, creation);
        Visit(creation.Initializer);
        if (Memories.IsOurs(creation.Type, "Shape"))
        {
            return creation.Arguments is [{ Value: var dimensions }] ? ShapeOf(dimensions) : null;
        }

        return Memories.IsSpanOrMemory(creation.Type) && Memories.IsMemory(creation.Arguments.FirstOrDefault()?.Value.Type)
            ? Slices.Of(arguments)
            : null;
    }

    private Known? VisitInvocation(IInvocationOperation invocation)
    {
        Known? instance = Visit(invocation.Instance);
        ImmutableArray<Known?> arguments = VisitArguments(invocation.Arguments, invocation);
        IMethodSymbol target = invocation.TargetMethod;
        if (report is not null)
        {
            DatasetCheck.Run(invocation, arguments, report);
        }

        if (DeclaredShape.OfResult(target) is { } declared)
        {
            var origin = new Origin(Name(target), invocation.Syntax.GetLocation());
            return declared.IsBatch ? Results.Of(declared, invocation, arguments, origin) : declared.ToKnown(origin);
        }

        return KnownMethods.Evaluate(invocation, instance, arguments, OriginOf(invocation));
    }

    private ImmutableArray<Known?> VisitArguments(ImmutableArray<IArgumentOperation> arguments, IOperation call)
    {
        var values = ImmutableArray.CreateBuilder<Known?>(arguments.Length);
        foreach (IArgumentOperation argument in arguments)
        {
            Known? value = Visit(argument.Value);
            values.Add(value);
            if (argument.Parameter is not { } parameter)
            {
                continue;
            }

            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
            {
                Forget(argument.Value);
            }
            else if (DeclaredShape.Of(parameter) is { } declared)
            {
                string place = parameter.ContainingSymbol is IMethodSymbol called ? Name(called) : parameter.Name;
                Check(value, declared, place, argument.Value.Syntax.GetLocation());
            }
        }

        return values.MoveToImmutable();
    }

    private Known? ShapeOf(IOperation dimensions)
    {
        IEnumerable<IOperation>? elements = dimensions switch
        {
            IConversionOperation conversion => Elements(conversion.Operand),
            _ => Elements(dimensions),
        };
        if (elements is null)
        {
            return null;
        }

        var extents = new List<int>();
        foreach (IOperation element in elements)
        {
            if (Visit(element) is not { Kind: KnownKind.Number, Count: > 0 and { } extent })
            {
                return null;
            }

            extents.Add(extent);
        }

        return Known.Shape(extents.ToEquatableArray());
    }

    private static IEnumerable<IOperation>? Elements(IOperation list) => list switch
    {
        ICollectionExpressionOperation collection when !collection.Elements.Any(element => element is ISpreadOperation) => collection.Elements,
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        _ => null,
    };

    private void Forget(IOperation target)
    {
        switch (target)
        {
            case ILocalReferenceOperation local:
                state[local.Local] = null;
                break;
            case IParameterReferenceOperation parameter:
                state.Assign(parameter.Parameter, null);
                break;
            case IDeclarationExpressionOperation declaration:
                Forget(declaration.Expression);
                break;
            default:
                break;
        }
    }

    private void Check(Known? value, DeclaredShape declared, string place, Location location)
    {
        if (report is not null && ShapeCheck.Compare(value, declared, place, location) is { } diagnostic)
        {
            report(diagnostic);
        }
    }

    private static string Name(ISymbol symbol) =>
        symbol.ContainingType is { } type ? $"{type.Name}.{symbol.Name}" : symbol.Name;

    private static Origin OriginOf(IOperation operation) => new(operation.Syntax.ToString(), operation.Syntax.GetLocation());
}
