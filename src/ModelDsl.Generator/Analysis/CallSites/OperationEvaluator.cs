using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>
/// Evaluates the operations of one basic block: what is known of each value, and what changes in the state. Whatever is
/// not understood gives nothing.
/// </summary>
/// <param name="context">The function whose block it is.</param>
/// <param name="state">What is known so far; changed on the way.</param>
/// <param name="findings">Where broken rules go; null while the flow is still being followed.</param>
internal sealed class OperationEvaluator(FlowContext context, FlowState state, Findings? findings)
{
    private Creations? _creations;

    private Creations Creations => _creations ??= new Creations(Visit);

    /// <summary>Evaluates a block; what is known of the value that it branches by or returns comes back.</summary>
    public Known? VisitBlock(BasicBlock block)
    {
        foreach (IOperation operation in block.Operations)
        {
            Visit(operation);
        }

        if (block.BranchValue is not { } value)
        {
            return null;
        }

        Known? known = Visit(value);
        if (block.FallThroughSuccessor?.Semantics == ControlFlowBranchSemantics.Return
            && context.Function is { } function && DeclaredShape.OfResult(function) is { } declared)
        {
            Check(known, declared, $"The result of {function.Name}", value.Syntax.GetLocation());
        }

        return known;
    }

    private Known? Visit(IOperation? operation)
    {
        context.Cancellation.Look();
        switch (operation)
        {
            case null:
                return null;
            case { ConstantValue: { HasValue: true, Value: int constant } }:
                return Known.Number(constant);
            case { ConstantValue: { HasValue: true, Value: bool constant } }:
                return Known.Truth(constant);
            case IExpressionStatementOperation statement:
                Visit(statement.Operation);
                return null;
            case ILocalReferenceOperation local:
                return VisitLocal(local);
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
                return VisitBinary(binary);
            case IUnaryOperation { OperatorKind: not UnaryOperatorKind.Hat } unary:
                return Arithmetic.Evaluate(unary.OperatorKind, Visit(unary.Operand));
            case IPatternOperation pattern:
                return VisitPattern(pattern);
            case IDefaultValueOperation when Memories.IsOurs(operation.Type, "Targets"):
                return Models.TargetsOf(null, null, hasLabels: false, hasValues: false);
            case ISimpleAssignmentOperation assignment:
                return VisitAssignment(assignment);
            case ICompoundAssignmentOperation or IIncrementOrDecrementOperation:
                return VisitUpdate(operation);
            case IDeconstructionAssignmentOperation deconstruction:
                return VisitDeconstruction(deconstruction);
            case IArrayCreationOperation { DimensionSizes: [var size] } array:
                return Creations.Array(array, size);
            case ICollectionExpressionOperation collection:
                return Creations.Collection(collection);
            case IObjectCreationOperation creation:
                return VisitCreation(creation);
            case IInvocationOperation invocation:
                return VisitInvocation(invocation);
            case IArrayElementReferenceOperation { Indices: [IRangeOperation range] } element:
                return VisitRange(Visit(element.ArrayReference), range) is { } part ? part with { Owner = null, IsStale = false } : null;
            case IImplicitIndexerReferenceOperation { Argument: IRangeOperation range } slice:
                return VisitRange(Visit(slice.Instance), range);
            case IArrayElementReferenceOperation { Indices: [var index] } element:
                return VisitElement(Visit(element.ArrayReference), index);
            case IImplicitIndexerReferenceOperation element:
                return VisitElement(Visit(element.Instance), element.Argument);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } hat:
                return Visit(hat.Operand);
            case IFlowAnonymousFunctionOperation:
                return null;
            case { Kind: OperationKind.None, Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax }:
                return Creations.StackAllocation(operation);
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

    private Known? VisitLocal(ILocalReferenceOperation local)
    {
        Known? known = context.Body.IsTracked(local.Local) ? state[local.Local] : null;
        if (known is { IsStale: true } && findings is not null
            && local.Parent is not IPropertyReferenceOperation { Property.Name: "Length" or "IsEmpty" })
        {
            findings.AddFirst(
                local.Local,
                ResultIsOverwritten.Message(local.Local.Name, known.Origin?.Text ?? "a model")
                    .At(local.Syntax.GetLocation(), known.Origin is { } origin ? [origin.Location] : []));
        }

        return known;
    }

    private Known? VisitParameter(IParameterSymbol parameter) =>
        !context.Body.IsTracked(parameter) ? null : state[parameter] ?? context.OfOuter(parameter);

    // A sum of thousands of terms is a chain of left operands: evaluated from its end, not by going into each.
    private Known? VisitBinary(IBinaryOperation binary)
    {
        // A constant that is neither a number of elements nor a condition: 2f * 3f, "a" + "b".
        if (binary.ConstantValue.HasValue)
        {
            return null;
        }

        var chain = new Stack<IBinaryOperation>();
        IOperation first = binary;
        while (first is IBinaryOperation { ConstantValue.HasValue: false } inner)
        {
            chain.Push(inner);
            first = inner.LeftOperand;
        }

        Known? value = Visit(first);
        foreach (IBinaryOperation next in chain)
        {
            value = Arithmetic.Evaluate(next.OperatorKind, value, Visit(next.RightOperand), next.Type);
        }

        return value;
    }

    private Known? VisitPattern(IPatternOperation pattern)
    {
        VisitChildren(pattern);
        if (Body.DeclaredBy(pattern) is { } declared)
        {
            state[declared] = null;
        }

        return null;
    }

    private Known? VisitRange(Known? memory, IRangeOperation range)
    {
        Known? start = Visit(range.LeftOperand);
        Known? end = Visit(range.RightOperand);
        if (findings is not null)
        {
            IndexCheck.Range(memory, range, start, end, findings);
        }

        return Slices.Take(memory, start, end, range);
    }

    private Known? VisitElement(Known? memory, IOperation index)
    {
        Known? position = Visit(index);
        if (findings is not null)
        {
            IndexCheck.Element(memory, index, position, findings);
        }

        return null;
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
        Known? instance = Visit(property.Instance);
        if (findings is not null)
        {
            CallCheck.Run(property, instance, context, findings);
        }

        if (DeclaredShape.Of(property.Property) is { } declared)
        {
            Known known = declared.ToKnown(new Origin(Name(property.Property), property.Syntax.GetLocation()));
            return Models.GivesView(property.Property) ? known with { Owner = OwnerOf(property.Instance) } : known;
        }

        if (property.Arguments is [{ Parameter.Type.SpecialType: SpecialType.System_Int32, Value: var index }]
            && instance is { Kind: KnownKind.Memory })
        {
            return VisitElement(instance, index);
        }

        foreach (IArgumentOperation argument in property.Arguments)
        {
            Visit(argument.Value);
        }

        return (instance?.Kind, property.Property.Name) switch
        {
            (KnownKind.Memory, "Length") when instance!.Count is { } count => Known.Number(count),
            (KnownKind.Memory, "Span") => instance,
            (KnownKind.Shape, "Count") => Known.Number((int)instance!.SampleSize),
            (KnownKind.Trainer, "Model") => Models.Copy(KnownKind.Model, instance),
            (KnownKind.Dataset, "SampleShape") when !instance!.Dimensions.IsEmpty => Known.Shape(instance!.Dimensions),
            _ => null,
        };
    }

    private Known? VisitConversion(IConversionOperation conversion)
    {
        Known? operand = Visit(conversion.Operand);
        if (Memories.IsOurs(conversion.Type, "Targets") && conversion.OperatorMethod is not null)
        {
            return Models.TargetsOf(conversion, operand);
        }

        return operand?.Kind switch
        {
            KnownKind.Number => IsInt(conversion.Type) ? operand : null,
            KnownKind.Model or KnownKind.Targets => conversion.OperatorMethod is null ? operand : null,
            KnownKind.Memory => Memories.IsMemory(conversion.Type) ? operand : null,
            _ => conversion.Conversion.IsIdentity ? operand : null,
        };
    }

    private static bool IsInt(ITypeSymbol? type) =>
        type?.SpecialType == SpecialType.System_Int32
        || type is INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ SpecialType: SpecialType.System_Int32 }]
        };

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
                Assign(local.Local, local.Local.IsRef ? null : value, isAlone: assignment.Parent is IExpressionStatementOperation or null);
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                Assign(parameter, value, isAlone: assignment.Parent is IExpressionStatementOperation or null);
                break;
            case IFlowCaptureReferenceOperation:
                Forget(assignment.Target);
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

        return value is { Elements.IsEmpty: false } ? value with { Elements = [] } : value;
    }

    // Memory that has two names may be changed by either.
    private void Assign(ISymbol variable, Known? value, bool isAlone)
    {
        state.Update(variable, static known => known with { Owner = null });
        state[variable] = value is { Elements.IsEmpty: false } && (!isAlone || context.Body.MayChangeElements(variable))
            ? value with { Elements = [] }
            : value;
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
                bool isPart = value?.Kind == KnownKind.Dataset && Memories.IsOurs(local.Type, "Dataset");
                Assign(local.Local, isPart ? value : null, isAlone: true);
            }
            else
            {
                Forget(target);
            }
        }

        return null;
    }

    private Known? VisitCreation(IObjectCreationOperation creation)
    {
        Arguments arguments = VisitArguments(creation.Arguments);
        Visit(creation.Initializer);
        if (Memories.IsOurs(creation.Type, "Shape"))
        {
            return creation.Arguments is [{ Value: var dimensions }] ? Creations.Shape(dimensions) : null;
        }

        if (Memories.IsOurs(creation.Type, "Targets"))
        {
            return Models.TargetsOf(
                arguments["labels"], arguments["values"], !IsMissing("labels"), !IsMissing("values"));
        }

        if (Memories.IsOurs(creation.Type, "Trainer"))
        {
            return Models.Copy(KnownKind.Trainer, arguments["model"]);
        }

        return Memories.IsSpanOrMemory(creation.Type) && Memories.IsMemory(creation.Arguments.FirstOrDefault()?.Value.Type)
            ? Slices.Of(arguments.Values)
            : null;

        bool IsMissing(string parameter) => creation.Arguments.All(argument => argument.Parameter?.Name != parameter);
    }

    private Known? VisitInvocation(IInvocationOperation invocation)
    {
        Known? instance = Visit(invocation.Instance);
        Arguments arguments = VisitArguments(invocation.Arguments);
        IMethodSymbol target = invocation.TargetMethod;
        if (findings is not null)
        {
            CallCheck.Run(invocation, instance, arguments, context, findings);
            KnownMethods.Check(invocation, instance, arguments, findings);
        }

        ISymbol? owner = Models.Overwrites(target) ? OwnerOf(invocation.Instance) : null;
        if (owner is not null)
        {
            state.Update(owner, static known => known with { IsStale = true });
        }

        if (DeclaredShape.OfResult(target) is { } declared)
        {
            var origin = new Origin(Name(target), invocation.Syntax.GetLocation());
            Known known = declared.IsBatch ? Results.Of(declared, arguments, origin) : declared.ToKnown(origin);
            return Models.GivesView(target) ? known with { Owner = owner } : known;
        }

        return KnownMethods.Evaluate(invocation, instance, arguments, Origin.Of(invocation));
    }

    // The variable that holds a model: a name by which later calls of the same model can be told.
    private ISymbol? OwnerOf(IOperation? instance)
    {
        if (instance is IFieldReferenceOperation { Field: { IsReadOnly: true } field, Instance: null or IInstanceReferenceOperation })
        {
            return field;
        }

        ISymbol[] variables = instance is null ? [] : [.. context.Body.Variables(instance, context.Graph)];
        return variables is [var variable] && context.Body.IsTracked(variable)
            && (variable is not IParameterSymbol parameter || context.Body.Owns(parameter))
                ? variable
                : null;
    }

    private Arguments VisitArguments(ImmutableArray<IArgumentOperation> arguments)
    {
        var values = new List<(IArgumentOperation, Known?)>(arguments.Length);
        foreach (IArgumentOperation argument in arguments)
        {
            Known? value = Visit(argument.Value);
            values.Add((argument, value));
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

        return new Arguments(values);
    }

    private void Forget(IOperation target)
    {
        foreach (ISymbol variable in context.Body.Variables(target, context.Graph))
        {
            Assign(variable, null, isAlone: true);
        }
    }

    private void Check(Known? value, DeclaredShape declared, string place, Location location)
    {
        if (findings is not null && ShapeCheck.Compare(value, declared, place, location) is { } diagnostic)
        {
            findings.Add(diagnostic);
        }
    }

    private static string Name(ISymbol symbol) =>
        symbol.ContainingType is { } type ? $"{type.Name}.{symbol.Name}" : symbol.Name;
}
